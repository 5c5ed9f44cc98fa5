/**
 * Decision trees that grow with the stream: nodes, tests, the search for splits, and the bound on
 * memory. What the leaves observe is in {@code io.anabranch.models.evidence}.
 */
@NullMarked
package io.anabranch.models.tree;

import org.jspecify.annotations.NullMarked;
