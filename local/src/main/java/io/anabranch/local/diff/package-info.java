/**
 * What the state of a running pipeline is worth to a changed one. Reads no state, starts nothing.
 */
@NullMarked
package io.anabranch.local.diff;

import org.jspecify.annotations.NullMarked;
