package io.ipam;

import io.ipam.address.Address;
import io.ipam.allocation.Holding;
import io.ipam.allocation.state.Definition;
import io.ipam.allocation.state.Live;
import io.ipam.allocation.state.Request;
import io.ipam.resolution.Candidate;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.GivenAddress;
import io.ipam.resolution.Note;
import io.ipam.resolution.Resolution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates a servable resolution into a request to the state. */
final class RequestOfResolution {
    private RequestOfResolution() {}

    /** The request; the resolution was made in the catalog that is live. */
    static Request of(Resolution resolution, Live live) {
        List<Request.Demand> demands = new ArrayList<>(resolution.demands().size());
        for (DemandResolution demand : resolution.demands()) {
            demands.add(toDemand(demand, resolution, live));
        }
        return new Request(resolution.workload().owner(), demands, resolution.releases(), setAside(resolution.notes()));
    }

    private static Request.Demand toDemand(DemandResolution demand, Resolution resolution, Live live) {
        Address given = givenTo(demand, resolution);
        List<Holding> kept = demand instanceof DemandResolution.Held held ? held.holdings() : List.of();
        List<Definition> candidates =
                demand instanceof DemandResolution.Candidates from ? definitions(from.candidates(), live) : List.of();
        return new Request.Demand(demand.interfaceName(), demand.family(), kept, keptIn(kept, live), candidates, given);
    }

    /** A pool that is gone by now is left out: then what is held there is gone as well, which makes the request out of date. */
    private static List<Definition> keptIn(List<Holding> kept, Live live) {
        List<Definition> definitions = new ArrayList<>(kept.size());
        for (Holding holding : kept) {
            Definition definition = live.poolOrDetached(holding.pool());
            if (definition != null) {
                definitions.add(definition);
            }
        }
        return definitions;
    }

    private static List<Definition> definitions(List<Candidate> candidates, Live live) {
        List<Definition> definitions = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            Definition definition = live.pool(candidate.pool().name());
            if (definition == null) {
                throw new IllegalStateException(candidate + " is not of " + live.catalog());
            }
            definitions.add(definition);
        }
        return definitions;
    }

    private static @Nullable Address givenTo(DemandResolution demand, Resolution resolution) {
        for (GivenAddress given : resolution.selections().given()) {
            if (given.address().family() == demand.family()
                    && given.interfaceName().equals(demand.interfaceName())) {
                return given.address();
            }
        }
        return null;
    }

    private static List<Holding> setAside(List<Note> notes) {
        List<Holding> aside = new ArrayList<>(0);
        for (Note note : notes) {
            if (note instanceof Note.RecordNotAdopted record) {
                aside.add(record.holding());
            }
        }
        return aside;
    }
}
