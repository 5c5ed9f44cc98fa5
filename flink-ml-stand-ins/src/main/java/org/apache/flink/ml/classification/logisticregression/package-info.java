/** As {@link org.apache.flink.ml.common.param}: stand-ins, never shipped. */
package org.apache.flink.ml.classification.logisticregression;
