package io.anabranch.models.feature;

/**
 * A record whose value cannot become the feature that was asked for. Carries no stack trace: a
 * stream of bad records must stay as cheap as a stream of good ones.
 */
public final class FeatureException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FeatureException(String field, String rule, String found) {
    super("features: field '" + field + "' must be " + rule + ", got " + found, null, false, false);
  }
}
