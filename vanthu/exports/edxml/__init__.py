"""edXML: packages of the national document exchange (QCVN 102:2016/BTTTT), written and read."""
