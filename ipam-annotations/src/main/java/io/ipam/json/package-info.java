/**
 * Readers and writers of JSON text, with limits, positions, and every problem of a text at once.
 * Not exported.
 *
 * <p>{@link io.ipam.json.JsonReader} reads a text once, value by value; {@link
 * io.ipam.json.JsonText} writes one.
 */
@NullMarked
package io.ipam.json;

import org.jspecify.annotations.NullMarked;
