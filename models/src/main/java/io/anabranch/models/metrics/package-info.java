/**
 * Prequential evaluation in constant memory: sketches that merge, and the figures read off them.
 */
@NullMarked
package io.anabranch.models.metrics;

import org.jspecify.annotations.NullMarked;
