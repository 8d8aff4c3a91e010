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
        List<DemandResolution> resolved = resolution.demands();
        Request.Demand[] demands = new Request.Demand[resolved.size()];
        for (int i = 0; i < demands.length; i++) {
            demands[i] = toDemand(resolved.get(i), resolution, live);
        }
        return new Request(
                resolution.workload().owner(),
                live,
                List.of(demands),
                resolution.releases(),
                setAside(resolution.notes()));
    }

    private static Request.Demand toDemand(DemandResolution demand, Resolution resolution, Live live) {
        Address given = givenTo(demand, resolution);
        List<Holding> kept = demand instanceof DemandResolution.Held held ? held.holdings() : List.of();
        List<Definition> candidates =
                demand instanceof DemandResolution.Candidates from ? definitions(from.candidates(), live) : List.of();
        return new Request.Demand(demand.interfaceName(), demand.family(), kept, candidates, given);
    }

    private static List<Definition> definitions(List<Candidate> candidates, Live live) {
        if (candidates.size() == 1) {
            return List.of(definition(candidates.get(0), live));
        }
        Definition[] definitions = new Definition[candidates.size()];
        for (int i = 0; i < definitions.length; i++) {
            definitions[i] = definition(candidates.get(i), live);
        }
        return List.of(definitions);
    }

    private static Definition definition(Candidate candidate, Live live) {
        Definition definition = live.pool(candidate.pool().name());
        if (definition == null) {
            throw new IllegalStateException(candidate + " is not of " + live.catalog());
        }
        return definition;
    }

    private static @Nullable Address givenTo(DemandResolution demand, Resolution resolution) {
        List<GivenAddress> all = resolution.selections().given();
        for (int i = 0; i < all.size(); i++) {
            GivenAddress given = all.get(i);
            if (given.address().family() == demand.family()
                    && given.interfaceName().equals(demand.interfaceName())) {
                return given.address();
            }
        }
        return null;
    }

    private static List<Holding> setAside(List<Note> notes) {
        if (notes.isEmpty()) {
            return List.of();
        }
        List<Holding> aside = new ArrayList<>(0);
        for (Note note : notes) {
            if (note instanceof Note.RecordNotAdopted record) {
                aside.add(record.holding());
            }
        }
        return aside;
    }
}
