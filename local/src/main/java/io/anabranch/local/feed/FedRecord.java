package io.anabranch.local.feed;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record of a file, ready to be produced.
 *
 * @param line where it starts in the file, 1-based
 * @param key the text of the key field; absent when the topic has none or the record lacks it
 * @param time epoch ms from the time field, at least 0; absent when there is none or it can't be
 *     read
 */
@SuppressWarnings("ArrayRecordComponent") // a payload on its way out; never compared
public record FedRecord(long line, byte[] value, Optional<String> key, OptionalLong time) {}
