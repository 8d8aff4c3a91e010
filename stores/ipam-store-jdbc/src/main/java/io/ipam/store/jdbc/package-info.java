/** A store in PostgreSQL or H2. */
@NullMarked
package io.ipam.store.jdbc;

import org.jspecify.annotations.NullMarked;
