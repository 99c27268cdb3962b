"""How a package of Open XML (ISO/IEC 29500) is put together, read and found again. Knows no report and no deck."""
