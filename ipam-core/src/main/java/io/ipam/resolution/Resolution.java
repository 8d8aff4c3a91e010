package io.ipam.resolution;

import io.ipam.allocation.Holding;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;

/**
 * What came of a request: an answer for each demand, everything that is wrong with the request as a whole, and what it was
 * decided on. Nothing has been changed by it.
 *
 * <p>Cost: texts and ways out are made when they are asked for; until then it refers to the catalog that it was resolved in.
 *
 * <p>Thread safety: immutable.
 */
public final class Resolution {
    private final Workload workload;
    private final PoolSelections selections;
    private final PoolCatalog catalog;
    private final ResolverSettings settings;
    private final List<DemandResolution> demands;
    private final List<Problem> problems;
    private final List<Note> notes;
    private final List<Holding> releases;

    Resolution(
            Workload workload,
            PoolSelections selections,
            PoolCatalog catalog,
            ResolverSettings settings,
            List<DemandResolution> demands,
            List<Problem> problems,
            List<Note> notes,
            List<Holding> releases) {
        this.workload = workload;
        this.selections = selections;
        this.catalog = catalog;
        this.settings = settings;
        this.demands = List.copyOf(demands);
        this.problems = List.copyOf(problems);
        this.notes = List.copyOf(notes);
        this.releases = List.copyOf(releases);
    }

    /** {@return what asked} */
    public Workload workload() {
        return workload;
    }

    /** {@return what the request said} */
    public PoolSelections selections() {
        return selections;
    }

    /** {@return the version of the catalog that it was resolved in} */
    public long catalogVersion() {
        return catalog.version();
    }

    /** {@return the answers, by interface in the order requested, then by family} */
    public List<DemandResolution> demands() {
        return demands;
    }

    /** {@return what is wrong with the request as a whole; one problem is enough to refuse it} */
    public List<Problem> problems() {
        return problems;
    }

    /** {@return what is worth knowing about the request as a whole; each demand has its own notes besides} */
    public List<Note> notes() {
        return notes;
    }

    /**
     * {@return what the owner holds and is to give back as one step with the allocation: a stateful owner came back with another uid,
     * and the source of the interface no longer names all the pools that its addresses are from}
     */
    public List<Holding> releases() {
        return releases;
    }

    /**
     * {@return whether no problem and no demand without a pool stands in the way} Pools may still be to create, or full.
     */
    public boolean servable() {
        if (!problems.isEmpty()) {
            return false;
        }
        for (DemandResolution demand : demands) {
            if (demand instanceof DemandResolution.Unserved) {
                return false;
            }
        }
        return true;
    }

    /**
     * {@return the nearest pools for each demand that no pool may serve, and what each would need: at most three a demand, nearest
     * first} Cost: looks at every pool of the family.
     */
    public List<WayOut> waysOut() {
        return new WayOutFinder(workload, selections, catalog, settings).find(demands);
    }

    /** {@return why the request fails and the shortest way out, on one line; or that it can be served} */
    public String message() {
        return new Explanation(this).message();
    }

    /** {@return everything that was decided and why, as lines of text for a person, each ended by a line feed} */
    public String explain() {
        return new Explanation(this).text();
    }

    /** {@return as {@link #message()}} */
    @Override
    public String toString() {
        return message();
    }
}
