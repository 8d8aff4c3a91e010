/**
 * JSON text in and out, with limits, positions, and every problem of a text at once. Not exported.
 *
 * <p>{@link io.ipam.json.JsonReader} walks a text once, value by value; {@link io.ipam.json.JsonWriter} writes one. No type of
 * the JSON library below is seen outside this package.
 */
@NullMarked
package io.ipam.json;

import org.jspecify.annotations.NullMarked;
