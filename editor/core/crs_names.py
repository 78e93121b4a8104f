"""The names of the Camera Raw properties that are read or written; what they mean is in ``crs_edits``."""

from editor.core.xmp_names import XmpProperty

_CRS = "http://ns.adobe.com/camera-raw-settings/1.0/"
_TIFF = "http://ns.adobe.com/tiff/1.0/"


class Crs(XmpProperty):
    """A property of Camera Raw, or one beside it that its meaning depends on."""

    HAS_CROP = (_CRS, "crs", "HasCrop")
    CROP_LEFT = (_CRS, "crs", "CropLeft")
    CROP_TOP = (_CRS, "crs", "CropTop")
    CROP_RIGHT = (_CRS, "crs", "CropRight")
    CROP_BOTTOM = (_CRS, "crs", "CropBottom")
    CROP_ANGLE = (_CRS, "crs", "CropAngle")
    EXPOSURE = (_CRS, "crs", "Exposure2012")
    AUTO_EXPOSURE = (_CRS, "crs", "AutoExposure")
    PROCESS_VERSION = (_CRS, "crs", "ProcessVersion")
    HAS_SETTINGS = (_CRS, "crs", "HasSettings")
    ALREADY_APPLIED = (_CRS, "crs", "AlreadyApplied")
    LENS_PROFILE = (_CRS, "crs", "LensProfileEnable")
    LENS_DISTORTION = (_CRS, "crs", "LensManualDistortionAmount")
    UPRIGHT = (_CRS, "crs", "PerspectiveUpright")
    VERTICAL = (_CRS, "crs", "PerspectiveVertical")
    HORIZONTAL = (_CRS, "crs", "PerspectiveHorizontal")
    ROTATE = (_CRS, "crs", "PerspectiveRotate")
    ASPECT = (_CRS, "crs", "PerspectiveAspect")
    SCALE = (_CRS, "crs", "PerspectiveScale")
    MOVE_X = (_CRS, "crs", "PerspectiveX")
    MOVE_Y = (_CRS, "crs", "PerspectiveY")
    ORIENTATION = (_TIFF, "tiff", "Orientation")


CROP = (Crs.CROP_LEFT, Crs.CROP_TOP, Crs.CROP_RIGHT, Crs.CROP_BOTTOM)
"""The edges of the crop in the order of a recipe's."""

OPERATIONS = {
    "crop": (Crs.HAS_CROP, *CROP, Crs.CROP_ANGLE),
    "exposure": (Crs.EXPOSURE,),
}
"""The operations of a recipe that have an equal there, with the properties that say them."""

WARPS = {
    Crs.LENS_PROFILE: 0.0,
    Crs.LENS_DISTORTION: 0.0,
    Crs.UPRIGHT: 0.0,
    Crs.VERTICAL: 0.0,
    Crs.HORIZONTAL: 0.0,
    Crs.ROTATE: 0.0,
    Crs.ASPECT: 0.0,
    Crs.SCALE: 100.0,
    Crs.MOVE_X: 0.0,
    Crs.MOVE_Y: 0.0,
}
"""Properties that bend the picture before it is cut, with the values that do nothing."""

ALL_CRS = {prop.expanded_name: prop for prop in Crs}
"""All of them by their expanded names."""
