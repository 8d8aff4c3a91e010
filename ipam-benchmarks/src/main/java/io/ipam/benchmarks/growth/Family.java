package io.ipam.benchmarks.growth;

import io.ipam.benchmarks.contest.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Families of curves, each measured together. */
public enum Family {
    /** A /16 by occupancy, for all peers. */
    OCCUPANCY(OccupancyCurves::cost, curves -> CurveTable.of("take and return in a /16, by occupancy", curves, "ns")),
    /** The whole request by held addresses, and the model of the reference. */
    HELD(
            effort -> List.of(SizeCurves.held(effort), ReferenceCurve.held(effort)),
            curves -> CurveTable.each(curves, "ns")),
    /** The whole request by number of pools. */
    POOLS(effort -> List.of(SizeCurves.catalog(effort)), curves -> CurveTable.each(curves, "ns")),
    /** IPv4 pools by size. */
    DENSE(effort -> List.of(SizeCurves.pools4(effort)), curves -> CurveTable.each(curves, "ns")),
    /** IPv6 pools by size. */
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
     * Measures the family.
     *
     * @param effort the duration
     * @return the curves
     */
    public List<Curve> measure(Effort effort) {
        return new ArrayList<>(measure.apply(effort));
    }

    /**
     * Formats the curves.
     *
     * @param curves the measured curves
     * @return Markdown
     */
    public String table(List<Curve> curves) {
        return table.apply(curves);
    }
}
