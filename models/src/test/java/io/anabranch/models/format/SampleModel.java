package io.anabranch.models.format;

import static org.assertj.core.api.Assertions.assertThat;

/** A model with every kind of value in it; the golden files hold it. */
final class SampleModel {
  static final String TYPE = "sample";

  private SampleModel() {}

  static byte[] bytes() {
    ModelWriter out = new ModelWriter(TYPE, 3);
    out.writeInt(-1);
    out.writeLong(Long.MIN_VALUE);
    out.writeFloat(-0.0f);
    out.writeDouble(Math.PI);
    out.writeBoolean(true);
    out.writeBoolean(false);
    out.writeString("Zürich ✈ 𝄞");
    out.writeBytes(new byte[] {0, -1});
    out.writeInts(new int[] {1, Integer.MAX_VALUE}, 0, 2);
    out.writeFloats(new float[] {Float.MIN_VALUE, Float.NaN, 0.1f}, 0, 3);
    out.writeDoubles(new double[] {Double.NEGATIVE_INFINITY}, 0, 1);
    return out.finish();
  }

  static void requireSame(ModelReader in) {
    assertThat(in.stateVersion()).isEqualTo(3);
    assertThat(in.readInt()).isEqualTo(-1);
    assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE);
    assertThat(Float.floatToRawIntBits(in.readFloat())).isEqualTo(0x8000_0000);
    assertThat(in.readDouble()).isEqualTo(Math.PI);
    assertThat(in.readBoolean()).isTrue();
    assertThat(in.readBoolean()).isFalse();
    assertThat(in.readString()).isEqualTo("Zürich ✈ 𝄞");
    assertThat(in.readBytes()).containsExactly(0, -1);
    assertThat(in.readInts()).containsExactly(1, Integer.MAX_VALUE);
    assertThat(in.readFloats()).containsExactly(Float.MIN_VALUE, Float.NaN, 0.1f);
    assertThat(in.readDoubles()).containsExactly(Double.NEGATIVE_INFINITY);
    in.end();
  }
}
