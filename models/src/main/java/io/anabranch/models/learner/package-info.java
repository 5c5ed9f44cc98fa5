/**
 * What every learner is and what it brings: the two verbs, its settings, and how it is found.
 * Single algorithms live in packages of their own.
 */
@NullMarked
package io.anabranch.models.learner;

import org.jspecify.annotations.NullMarked;
