"""What comes into the house and leaves it: folders, zips and tables as paths and bytes.

The room opens files and archives that strangers made, so every reader checks names, kinds, sizes and counts before it
believes anything. It knows nothing of what the texts mean; that is the work of `content`.
"""
