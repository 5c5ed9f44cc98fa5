package io.anabranch.local.draft;

import io.anabranch.local.profile.LabelAssociation;

/** Fields that tell the target too well to have been known before it. */
final class Leak {
  private static final double TELLS_THE_CLASS = 0.99;
  private static final double TELLS_THE_NUMBER = 0.95;

  private Leak() {}

  static boolean isLikely(LabelAssociation field) {
    boolean ofValues =
        field.purity() >= TELLS_THE_CLASS
            && field.purity() - field.commonest() > 1 - TELLS_THE_CLASS;
    return ofValues
        || field.separation() >= TELLS_THE_CLASS
        || Math.abs(field.correlation()) >= TELLS_THE_NUMBER;
  }
}
