/**
 * Versions: how subtasks cut them at checkpoints, and how their parts become the manifests of the
 * models topic.
 */
@NullMarked
package io.anabranch.operators.manifest;

import org.jspecify.annotations.NullMarked;
