/** Tables for people, as kubectl prints them. */
@NullMarked
package io.ipam.tables;

import org.jspecify.annotations.NullMarked;
