/** The operator against a mock API server, with a script of events. */
@NullMarked
package io.ipam.examples.operator.demo;

import org.jspecify.annotations.NullMarked;
