"""Parts of one page each; the page that a part belongs to stands first in its name."""
