"""What pages may show: loaded, checked and analysed once."""
