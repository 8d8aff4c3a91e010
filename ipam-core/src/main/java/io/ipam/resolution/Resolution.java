package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.Holding;
import io.ipam.allocation.ServableRequest;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import java.util.List;

/**
 * The result of resolving a request: each demand, the problems of the request as a whole, and the
 * inputs. It changes no state.
 *
 * <p>Cost: texts and remedies are made on request; until then it refers to the catalog and to the
 * usage view.
 *
 * <p>Thread safety: immutable. Remedies read the usage view when they are made.
 */
public final class Resolution implements ServableRequest {
    private final RequestInputs inputs;
    private final Findings findings;

    Resolution(RequestInputs inputs, Findings findings) {
        this.inputs = inputs;
        this.findings = findings;
    }

    /** {@return the workload} */
    public Workload workload() {
        return inputs.workload();
    }

    /** {@return the selections of the request} */
    public PoolSelections selections() {
        return inputs.selections();
    }

    @Override
    public Owner owner() {
        return workload().owner();
    }

    @Override
    public PoolCatalog catalog() {
        return inputs.catalog();
    }

    /** {@return the settings of the resolver} */
    public ResolverSettings settings() {
        return inputs.settings();
    }

    @Override
    public List<Holding> unadopted() {
        return notes().stream()
                .filter(Note.RecordNotAdopted.class::isInstance)
                .map(note -> ((Note.RecordNotAdopted) note).holding())
                .toList();
    }

    /** {@return the version of the catalog} */
    public long catalogVersion() {
        return catalog().version();
    }

    /** {@return the demands, by interface in the order requested, then by family} */
    @Override
    public List<DemandResolution> demands() {
        return findings.demands();
    }

    /** {@return the problems of the request as a whole; one problem is enough to refuse it} */
    public List<Problem> problems() {
        return findings.problems();
    }

    /** {@return the notes on the request as a whole; each demand has its own notes} */
    public List<Note> notes() {
        return findings.notes();
    }

    /**
     * {@return the holdings that a stateful owner gives up in the same step as the allocation}
     *
     * <p>There are two reasons. The owner requires a given address for the same interface and
     * family. Or it returned with another uid, and the source of the interface no longer names all
     * pools of its addresses.
     */
    @Override
    public List<Holding> releases() {
        return findings.releases();
    }

    /**
     * {@return whether neither a problem nor a demand without a pool prevents an allocation} Pools
     * may have to be created, or be full.
     */
    public boolean servable() {
        return findings.servable();
    }

    /**
     * Finds remedies for demands that no pool can serve: for the first 8 of them at most three
     * each, nearest first.
     *
     * <p>Cost: checks every pool of the family, and calls the caller's filters for pools that no
     * source named.
     */
    public List<Remedy> remedies() {
        return new RemedyFinder(inputs, findings.demands()).find();
    }

    /**
     * {@return one line: the reasons for a failure and the nearest remedy, or that the request can
     * be served}
     */
    public String message() {
        return explanation().message();
    }

    /**
     * {@return every finding as human-readable lines, each ended by a line feed} A list is cut
     * after 50 lines.
     */
    public String explain() {
        Explanation explanation = explanation();
        return explanation.text(explanation.heading());
    }

    /**
     * {@return the lines of {@link #explain()} under another first line}
     *
     * @param heading the first line, without a line feed
     */
    public String explain(String heading) {
        return explanation().text(requireNonNull(heading, "heading"));
    }

    private Explanation explanation() {
        return new Explanation(workload(), findings, remedies());
    }

    /** {@return the {@link #message()}} */
    @Override
    public String toString() {
        return message();
    }
}
