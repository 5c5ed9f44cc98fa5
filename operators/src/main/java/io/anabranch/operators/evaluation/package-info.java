/**
 * Prequential evaluation across subtasks: what subtasks count and score, and the merge of it into
 * reports.
 */
@NullMarked
package io.anabranch.operators.evaluation;

import org.jspecify.annotations.NullMarked;
