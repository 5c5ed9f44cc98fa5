/**
 * Prequential evaluation in constant memory: sketches that merge, and the figures read off them.
 * Arithmetic on predictions and labels may enter; who scores when, and who reports, may not.
 */
@NullMarked
package io.anabranch.models.metrics;

import org.jspecify.annotations.NullMarked;
