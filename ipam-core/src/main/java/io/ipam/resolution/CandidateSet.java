package io.ipam.resolution;

import io.ipam.pool.Pool;
import java.util.List;

/**
 * The pools of one demand. Demands that may use the same pools share the list of pools.
 *
 * @param pools the pools that may serve it, best first
 * @param rejections the pools that may not, in the order named
 * @param notes the notes on names, then on full pools
 */
record CandidateSet(List<Pool> pools, List<Rejection> rejections, List<Note> notes) {}
