"""The cash book of one page, and the diary of five numbers for who keeps none."""
