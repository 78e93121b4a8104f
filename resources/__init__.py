"""The cellar: model, icons, style and translations."""
