package io.ipam.documents;

import io.ipam.address.Family;
import io.ipam.allocation.Holding;
import io.ipam.allocation.Owner;
import io.ipam.json.JsonWriter;
import io.ipam.pool.Route;
import io.ipam.problem.Problem;
import io.ipam.resolution.Candidate;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Note;
import io.ipam.resolution.Rejection;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.WayOut;
import io.ipam.resolution.Workload;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/**
 * A {@link Resolution} as a versioned JSON document, for events and user interfaces: the facts of {@link
 * Resolution#explain()} as data, with their sentences beside them. Equal resolutions give equal texts; the catalog's
 * version, which means nothing in another process, is left out.
 *
 * <pre>
 * { "version": 1, "servable": false, "message": "..",
 *   "workload": { "namespace", "name", "uid", "stateful", "node" },
 *   "demands": [ { "interface": "eth0", "family": 4, "source": "POD", "sourceText": "..", "cleanGateway": false,
 *       "state": "held" | "candidates" | "unserved" | "pool-to-create",
 *       "holdings": [ { "interface", "family", "pool", "address" } ],
 *       "candidates": [ { "pool", "defaultGateway", "routes": [ { "dst", "gw" } ] } ],
 *       "poolToCreate": { "subnet", "pool": a SpiderIPPool },
 *       "rejections": [ { "pool", "type": "NodeNameMismatch", "reason", "remedy" } ],
 *       "notes": [ { "type": "FullNow", "text" } ], "problems": [ problem ] } ],
 *   "problems": [ { "type", "where", "offending", "rule", "hint" } ], "notes": [ note ],
 *   "releases": [ holding ], "waysOut": [ { "interface", "family", "pool", "named", "text", "obstacles": [ rejection ] } ] }
 * </pre>
 *
 * <p>Every list is there even when it is empty, apart from the three that belong to one state each. Cost: that of
 * {@link Resolution#waysOut()} and {@link Resolution#message()} for a resolution that is not servable, else O(size).
 * Thread safety: stateless.
 */
public final class ResolutionJson {
    private static final int VERSION = 1;

    private ResolutionJson() {}

    /**
     * The document on one line.
     *
     * @param resolution what was resolved
     * @return the text
     */
    public static String format(Resolution resolution) {
        JsonWriter out = JsonWriter.compact().beginObject();
        out.key("version").value(VERSION);
        out.key("servable").value(resolution.servable());
        out.key("message").value(resolution.message());
        out.key("workload");
        writeWorkload(out, resolution.workload());
        writeList(out, "demands", resolution.demands(), ResolutionJson::writeDemand);
        writeList(out, "problems", resolution.problems(), ResolutionJson::writeProblem);
        writeList(out, "notes", resolution.notes(), ResolutionJson::writeNote);
        writeList(out, "releases", resolution.releases(), ResolutionJson::writeHolding);
        List<WayOut> waysOut = resolution.servable() ? List.of() : resolution.waysOut();
        writeList(out, "waysOut", waysOut, ResolutionJson::writeWayOut);
        return out.endObject().text();
    }

    private static void writeWorkload(JsonWriter out, Workload workload) {
        Owner owner = workload.owner();
        out.beginObject();
        out.key("namespace").value(owner.namespace());
        out.key("name").value(owner.name());
        out.key("uid").value(owner.uid());
        out.key("stateful").value(owner.stateful());
        out.key("node").value(workload.node());
        out.endObject();
    }

    private static void writeDemand(JsonWriter out, DemandResolution demand) {
        out.beginObject();
        writePlace(out, demand.interfaceName(), demand.family());
        out.key("source").value(demand.source().name());
        out.key("sourceText").value(demand.source().text());
        out.key("cleanGateway").value(demand.cleanGateway());
        out.key("state");
        List<Problem> problems = List.of();
        if (demand instanceof DemandResolution.Held held) {
            out.value("held");
            writeList(out, "holdings", held.holdings(), ResolutionJson::writeHolding);
        } else if (demand instanceof DemandResolution.Candidates some) {
            out.value("candidates");
            writeList(out, "candidates", some.candidates(), ResolutionJson::writeCandidate);
        } else if (demand instanceof DemandResolution.PoolToCreate create) {
            out.value("pool-to-create").key("poolToCreate").beginObject();
            out.key("subnet").value(create.plan().subnet()).key("pool");
            Tree.write(out, PoolDocument.of(create.plan().pool()).toMap());
            out.endObject();
        } else if (demand instanceof DemandResolution.Unserved unserved) {
            out.value("unserved");
            problems = unserved.problems();
        }
        writeList(out, "rejections", demand.rejections(), ResolutionJson::writeRejection);
        writeList(out, "notes", demand.notes(), ResolutionJson::writeNote);
        writeList(out, "problems", problems, ResolutionJson::writeProblem);
        out.endObject();
    }

    private static void writePlace(JsonWriter out, String interfaceName, Family family) {
        out.key("interface").value(interfaceName);
        out.key("family").value(family.number());
    }

    private static void writeHolding(JsonWriter out, Holding holding) {
        out.beginObject();
        writePlace(out, holding.interfaceName(), holding.family());
        out.key("pool").value(holding.pool());
        out.key("address").value(holding.address().toString());
        out.endObject();
    }

    private static void writeCandidate(JsonWriter out, Candidate candidate) {
        out.beginObject().key("pool").value(candidate.pool().name());
        candidate
                .defaultGateway()
                .ifPresent(gateway -> out.key("defaultGateway").value(gateway.toString()));
        writeList(out, "routes", candidate.routes(), ResolutionJson::writeRoute);
        out.endObject();
    }

    private static void writeRoute(JsonWriter out, Route route) {
        out.beginObject();
        out.key("dst").value(route.destination().toString());
        out.key("gw").value(route.gateway().toString());
        out.endObject();
    }

    private static void writeRejection(JsonWriter out, Rejection rejection) {
        out.beginObject();
        out.key("pool").value(rejection.pool());
        out.key("type").value(rejection.getClass().getSimpleName());
        out.key("reason").value(rejection.reason());
        out.key("remedy").value(rejection.remedy());
        out.endObject();
    }

    private static void writeNote(JsonWriter out, Note note) {
        out.beginObject();
        out.key("type").value(note.getClass().getSimpleName());
        out.key("text").value(note.text());
        out.endObject();
    }

    private static void writeProblem(JsonWriter out, Problem problem) {
        out.beginObject();
        out.key("type").value(problem.type().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        out.key("where").value(problem.where());
        out.key("offending").value(problem.offending());
        out.key("rule").value(problem.rule());
        out.key("hint").value(problem.hint());
        out.endObject();
    }

    private static void writeWayOut(JsonWriter out, WayOut way) {
        out.beginObject();
        writePlace(out, way.interfaceName(), way.family());
        out.key("pool").value(way.pool());
        out.key("named").value(way.named());
        out.key("text").value(way.text());
        writeList(out, "obstacles", way.obstacles(), ResolutionJson::writeRejection);
        out.endObject();
    }

    private static <T> void writeList(
            JsonWriter out, String key, List<? extends T> items, BiConsumer<JsonWriter, T> form) {
        out.key(key).beginArray();
        items.forEach(item -> form.accept(out, item));
        out.endArray();
    }
}
