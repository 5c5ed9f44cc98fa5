package io.anabranch.models.tree;

/** A node of a tree. */
sealed interface Node permits Split, Leaf {

  /** About how much heap the node itself takes. */
  long bytes();
}
