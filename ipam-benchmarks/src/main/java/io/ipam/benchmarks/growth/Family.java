package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Curves that are measured together. */
public enum Family {
    /** A /16 at all degrees of occupancy, for all peers. */
    OCCUPANCY(OccupancyCurves::cost, curves -> CurveTable.of("take and return in a /16, by occupancy", curves, "ns")),
    /** The whole way by held addresses, beside the model of the reference. */
    HELD(
            effort -> List.of(SizeCurves.held(effort), ReferenceCurve.held(effort)),
            curves -> CurveTable.each(curves, "ns")),
    /** The whole way by pools. */
    POOLS(effort -> List.of(SizeCurves.catalog(effort)), curves -> CurveTable.each(curves, "ns")),
    /** Pools of IPv4 by size. */
    DENSE(effort -> List.of(SizeCurves.pools4(effort)), curves -> CurveTable.each(curves, "ns")),
    /** Pools of IPv6 by size. */
    SPARSE(effort -> List.of(SizeCurves.pools6(effort)), curves -> CurveTable.each(curves, "ns")),
    /** One and two threads. */
    THREADS(ThreadCurves::all, curves -> CurveTable.each(curves, "ns")),
    /** Memory of a /16 by occupancy. */
    MEMORY_BY_OCCUPANCY(
            effort -> OccupancyCurves.memory(),
            curves -> CurveTable.of("memory of a /16 per address of the pool, by occupancy", curves, "B")),
    /** Memory by content. */
    MEMORY(effort -> MemoryTable.all(), CurveTable::structures);

    private final Function<Effort, List<Curve>> measure;
    private final Function<List<Curve>, String> table;

    Family(Function<Effort, List<Curve>> measure, Function<List<Curve>, String> table) {
        this.measure = measure;
        this.table = table;
    }

    /**
     * Measures.
     *
     * @param effort how long
     * @return the curves
     */
    public List<Curve> measure(Effort effort) {
        return new ArrayList<>(measure.apply(effort));
    }

    /**
     * Prints.
     *
     * @param curves what was measured
     * @return Markdown
     */
    public String table(List<Curve> curves) {
        return table.apply(curves);
    }
}
