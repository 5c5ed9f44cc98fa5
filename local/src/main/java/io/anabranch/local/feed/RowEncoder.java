package io.anabranch.local.feed;

/** Writes the fields of one row in a topic's format. Single-threaded, reused row after row. */
interface RowEncoder {
  /** Adds a field whose text is in JSON number grammar. */
  void number(String name, String text);

  /** Adds a field that is text. */
  void text(String name, String text);

  /** The bytes of the row; the next field starts a new one. */
  byte[] finish();
}
