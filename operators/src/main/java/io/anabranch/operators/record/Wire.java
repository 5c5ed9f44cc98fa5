package io.anabranch.operators.record;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.types.StringValue;

/** How texts, counts and maps are laid out on the wire. Texts may be of any length. */
final class Wire {
  private Wire() {}

  static void writeText(String text, DataOutput target) throws IOException {
    StringValue.writeString(text, target);
  }

  static String readText(DataInput source) throws IOException {
    return StringValue.readString(source);
  }

  /** Seven bits per byte, least significant first; for numbers that are mostly small. */
  static void writeCount(int count, DataOutput target) throws IOException {
    int rest = count;
    while ((rest & ~0x7f) != 0) {
      target.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    target.writeByte(rest);
  }

  static int readCount(DataInput source) throws IOException {
    int count = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = source.readUnsignedByte();
      count |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return count;
      }
    }
    throw new IOException("a count must end within 5 bytes");
  }

  static void writeIntegers(Map<String, Integer> map, DataOutput target) throws IOException {
    writeCount(map.size(), target);
    for (Map.Entry<String, Integer> entry : map.entrySet()) {
      writeText(entry.getKey(), target);
      target.writeInt(entry.getValue());
    }
  }

  static Map<String, Integer> readIntegers(DataInput source) throws IOException {
    Map<String, Integer> map = new TreeMap<>();
    for (int left = readCount(source); left > 0; left--) {
      map.put(readText(source), source.readInt());
    }
    return map;
  }

  static void writeLongs(Map<String, Long> map, DataOutput target) throws IOException {
    writeCount(map.size(), target);
    for (Map.Entry<String, Long> entry : map.entrySet()) {
      writeText(entry.getKey(), target);
      target.writeLong(entry.getValue());
    }
  }

  static Map<String, Long> readLongs(DataInput source) throws IOException {
    Map<String, Long> map = new TreeMap<>();
    for (int left = readCount(source); left > 0; left--) {
      map.put(readText(source), source.readLong());
    }
    return map;
  }

  static void writeCounts(InputCounts counts, DataOutput target) throws IOException {
    target.writeLong(counts.records());
    target.writeLong(counts.deadLetters());
    target.writeLong(counts.unlabelled());
  }

  static InputCounts readCounts(DataInput source) throws IOException {
    return new InputCounts(source.readLong(), source.readLong(), source.readLong());
  }
}
