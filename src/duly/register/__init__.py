"""The public view of a desk: de-identified figures, and neutral statements drawn from them, with small cells hidden."""

from duly.register.figures import Figure, Figures, ReportPeriod, figures, month, quarter, year
from duly.register.labels import LANGUAGES, Language, label
from duly.register.output import Table, register_csv, register_json, tables
from duly.register.projection import MatterRow, matter_rows
from duly.register.statement import statement
from duly.register.suppression import DEFAULT_THRESHOLD, Cell, Sum, is_determined, suppress

__all__ = [
    "DEFAULT_THRESHOLD",
    "LANGUAGES",
    "Cell",
    "Figure",
    "Figures",
    "Language",
    "MatterRow",
    "ReportPeriod",
    "Sum",
    "Table",
    "figures",
    "is_determined",
    "label",
    "matter_rows",
    "month",
    "quarter",
    "register_csv",
    "register_json",
    "statement",
    "suppress",
    "tables",
    "year",
]
