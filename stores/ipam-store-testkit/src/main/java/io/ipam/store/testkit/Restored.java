package io.ipam.store.testkit;

import io.ipam.store.Head;

/**
 * A restored backup.
 *
 * @param kept the head of the backup
 * @param lost the head of the commits that it lacks
 */
record Restored(Head kept, Head lost) {}
