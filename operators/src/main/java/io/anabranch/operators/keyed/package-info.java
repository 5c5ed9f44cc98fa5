/**
 * Models in keyed state, one per key, and the bounded write-back cache through which all of them
 * are read and written.
 */
@NullMarked
package io.anabranch.operators.keyed;

import org.jspecify.annotations.NullMarked;
