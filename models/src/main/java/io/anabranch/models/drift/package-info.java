/**
 * Detectors that tell when the errors of predictions have risen, and what feeds them. Plain
 * arithmetic in bounded memory; what follows from a drift is decided elsewhere.
 */
@NullMarked
package io.anabranch.models.drift;

import org.jspecify.annotations.NullMarked;
