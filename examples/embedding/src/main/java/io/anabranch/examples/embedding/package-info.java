/**
 * Whole programs that learn inside of their own DataStream job. Each has its topology in a method
 * of its own, which its test runs; {@code docs/embedding.md} quotes them.
 */
@NullMarked
package io.anabranch.examples.embedding;

import org.jspecify.annotations.NullMarked;
