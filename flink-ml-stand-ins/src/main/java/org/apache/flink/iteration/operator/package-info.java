/**
 * A stand-in for the one class of flink-ml-iteration that Flink ML's models of unbounded model data
 * use; nothing of the iteration runtime itself.
 */
package org.apache.flink.iteration.operator;
