package io.ipam.documents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.json.JsonText;
import io.ipam.owner.Owner;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Note;
import io.ipam.resolution.Rejection;
import io.ipam.resolution.Remedy;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A {@link Resolution} as a versioned JSON document, for events and user interfaces: the facts of
 * {@link Resolution#explain()} as data, with their sentences. Equal resolutions have equal texts.
 * The version of the catalog is omitted, because it has no meaning in another process.
 *
 * <pre>
 * { "version": 1, "servable": false, "message": "..",
 *   "workload": { "namespace", "name", "uid", "stateful", "node" },
 *   "demands": [ { "interface": "eth0", "family": 4, "source": "POD", "sourceText": "..",
 *       "cleanGateway": false,
 *       "state": "held" | "candidates" | "unserved" | "pool-to-create",
 *       "holdings": [ { "interface", "family", "pool", "address" } ],
 *       "candidates": [ { "pool", "defaultGateway", "routes": [ { "dst", "gw" } ] } ],
 *       "poolToCreate": { "subnet", "pool": a SpiderIPPool },
 *       "rejections": [ { "pool", "type": "NodeNameMismatch", "reason", "remedy" } ],
 *       "notes": [ { "type": "FullNow", "text" } ], "problems": [ problem ] } ],
 *   "problems": [ { "type", "where", "offending", "rule", "hint" } ], "notes": [ note ],
 *   "releases": [ holding ],
 *   "waysOut": [ { "interface", "family", "pool", "named", "text",
 *       "obstacles": [ rejection ] } ] }
 * </pre>
 *
 * <p>Every list is present even if it is empty, except the three that belong to one state each.
 * Cost: O(size) for a servable resolution; otherwise that of {@link Resolution#remedies()} and
 * {@link Resolution#message()}. Thread safety: stateless.
 */
public final class ResolutionJson {
    private static final int VERSION = 1;

    private ResolutionJson() {}

    /**
     * Returns the document on one line.
     *
     * @param resolution the resolution
     * @return the text
     */
    public static String format(Resolution resolution) {
        ObjectNode out = object();
        out.put("version", VERSION);
        out.put("servable", resolution.servable());
        out.put("message", resolution.message());
        out.set("workload", workload(resolution.workload()));
        putList(out, "demands", resolution.demands(), ResolutionJson::demand);
        putList(out, "problems", resolution.problems(), ResolutionJson::problem);
        putList(out, "notes", resolution.notes(), ResolutionJson::note);
        putList(out, "releases", resolution.releases(), ResolutionJson::holding);
        List<Remedy> remedies = resolution.servable() ? List.of() : resolution.remedies();
        putList(out, "waysOut", remedies, ResolutionJson::remedy);
        return JsonText.of(out);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode workload(Workload workload) {
        Owner owner = workload.owner();
        return object().put("namespace", owner.namespace())
                .put("name", owner.name())
                .put("uid", owner.uid())
                .put("stateful", owner.stateful())
                .put("node", workload.node());
    }

    private static ObjectNode demand(DemandResolution demand) {
        ObjectNode out = place(demand.interfaceName(), demand.family())
                .put("source", demand.source().name())
                .put("sourceText", demand.sourceTitle())
                .put("cleanGateway", demand.cleanGateway());
        List<Problem> problems = List.of();
        if (demand instanceof DemandResolution.Held held) {
            putList(out.put("state", "held"), "holdings", held.holdings(), ResolutionJson::holding);
        } else if (demand instanceof DemandResolution.Candidates some) {
            putList(out.put("state", "candidates"), "candidates", some.candidates(), ResolutionJson::candidate);
        } else if (demand instanceof DemandResolution.PoolToCreate create) {
            out.put("state", "pool-to-create")
                    .putObject("poolToCreate")
                    .put("subnet", create.plan().subnet())
                    .putPOJO("pool", PoolDocument.of(create.plan().pool()).toMap());
        } else if (demand instanceof DemandResolution.Unserved unserved) {
            out.put("state", "unserved");
            problems = unserved.problems();
        }
        putList(out, "rejections", demand.rejections(), ResolutionJson::rejection);
        putList(out, "notes", demand.notes(), ResolutionJson::note);
        putList(out, "problems", problems, ResolutionJson::problem);
        return out;
    }

    private static ObjectNode place(String interfaceName, Family family) {
        return object().put("interface", interfaceName).put("family", family.number());
    }

    private static ObjectNode holding(Holding holding) {
        return place(holding.interfaceName(), holding.family())
                .put("pool", holding.pool())
                .put("address", holding.address().toString());
    }

    private static ObjectNode candidate(DemandResolution.Candidate candidate) {
        ObjectNode out = object().put("pool", candidate.pool().name());
        candidate.defaultGateway().ifPresent(gateway -> out.put("defaultGateway", gateway.toString()));
        putList(out, "routes", candidate.routes(), ResolutionJson::route);
        return out;
    }

    private static ObjectNode route(Route route) {
        return object().put("dst", route.destination().toString())
                .put("gw", route.gateway().toString());
    }

    private static ObjectNode rejection(Rejection rejection) {
        return object().put("pool", rejection.pool())
                .put("type", rejection.getClass().getSimpleName())
                .put("reason", rejection.reason())
                .put("remedy", rejection.remedy());
    }

    private static ObjectNode note(Note note) {
        return object().put("type", note.getClass().getSimpleName()).put("text", note.text());
    }

    private static ObjectNode problem(Problem problem) {
        return object().put(
                        "type", problem.type().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("where", problem.where())
                .put("offending", problem.offending())
                .put("rule", problem.rule())
                .put("hint", problem.hint());
    }

    private static ObjectNode remedy(Remedy remedy) {
        ObjectNode out = place(remedy.interfaceName(), remedy.family())
                .put("pool", remedy.pool())
                .put("named", remedy.named())
                .put("text", remedy.text());
        putList(out, "obstacles", remedy.obstacles(), ResolutionJson::rejection);
        return out;
    }

    private static <T> void putList(ObjectNode out, String key, List<? extends T> items, Function<T, ObjectNode> form) {
        ArrayNode list = out.putArray(key);
        items.forEach(item -> list.add(form.apply(item)));
    }
}
