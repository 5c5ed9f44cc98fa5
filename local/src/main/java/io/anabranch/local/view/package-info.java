/** What a run shows: texts computed from plain numbers, and how they reach a terminal. */
@NullMarked
package io.anabranch.local.view;

import org.jspecify.annotations.NullMarked;
