/**
 * The command {@code cluster-tests/run}: a real cluster of many processes, what is done to it, and
 * what must hold afterwards. Nothing depends on it.
 */
@NullMarked
package io.anabranch.cluster;

import org.jspecify.annotations.NullMarked;
