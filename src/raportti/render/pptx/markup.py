"""From lengths, colours and boxes to the markup that several kinds of shapes share.

Does not know the items of the plan.
"""

from raportti.plan.typeset import Box
from raportti.units import EMU_PER_PT, Emu

TREE_ROOT = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
"""What every tree of shapes begins with: the group that they are all in."""


def hundredths(length: Emu) -> int:
    """Return a length in hundredths of a point, the unit of ST_TextFontSize and ST_TextSpacingPoint."""
    return round(length * 100 / EMU_PER_PT)


def solid(colour: str) -> str:
    """Write an even fill."""
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def place(box: Box, prefix: str = "a") -> str:
    """Write the place of a shape; that of a frame has the prefix ``p``."""
    inner = f'<a:off x="{box.x}" y="{box.y}"/><a:ext cx="{box.w}" cy="{box.h}"/>'
    return f"<{prefix}:xfrm>{inner}</{prefix}:xfrm>"
