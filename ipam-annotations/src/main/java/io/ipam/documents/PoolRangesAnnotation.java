package io.ipam.documents;

import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonOptions;
import io.ipam.json.JsonPath;
import io.ipam.json.JsonReader;
import io.ipam.json.JsonResult;
import io.ipam.json.JsonText;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolBuilder;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An annotation of a SpiderIPPool with ranges, as JSON: {@value PoolDocument#STATIC_IPS} or {@value
 * PoolDocument#DRAINING_IPS}.
 *
 * <pre>
 * value = [ range, .. ]                e.g. ["10.6.1.200-10.6.1.250","10.6.1.7"]
 * range = "a" | "a-b"                  as in spec.ips
 * </pre>
 *
 * <p>Both modes read it in the same way. Limits: those of {@link DocumentReader}. Cost: O(n log n)
 * for n characters. Thread safety: immutable.
 */
final class PoolRangesAnnotation {
    private static final JsonOptions OPTIONS =
            JsonOptions.strict(DocumentReader.MAX_LENGTH).withCountOfRest();
    /** Annotations with this prefix are those of ipam. */
    private static final String PREFIX = "ipam.io/";

    private static final PoolRangesAnnotation STATIC = new PoolRangesAnnotation(PoolDocument.STATIC_IPS, "staticIPs");
    private static final PoolRangesAnnotation DRAINING =
            new PoolRangesAnnotation(PoolDocument.DRAINING_IPS, "drainingIPs");

    private static final String EXAMPLE = "write [\"10.6.1.200-10.6.1.250\"]";
    private static final Expected LIST =
            Expected.of("the value must be a list of addresses and ranges").otherwise(EXAMPLE);
    private static final Expected RANGE = Expected.of("must be an address or a range, as a string")
            .hint(JsonKind.ARRAY, "write all ranges in one list")
            .otherwise("write \"10.6.1.200-10.6.1.250\"");

    private final String key;
    /** The path of the ranges in the problems of a pool. */
    private final String pathInPool;

    private PoolRangesAnnotation(String key, String pathInPool) {
        this.key = key;
        this.pathInPool = pathInPool;
    }

    /** Reads both annotations; a value that is not a list of texts is a problem. */
    static void read(DocumentFields annotations, boolean strict, ProblemLog problems, PoolBuilder builder) {
        builder.staticIps(STATIC.texts(annotations, problems)).drainingIps(DRAINING.texts(annotations, problems));
        if (strict) {
            annotations.refuseUnknown(PREFIX);
        }
    }

    private List<String> texts(DocumentFields annotations, ProblemLog problems) {
        return annotations
                .text(key)
                .map(value -> parse(value, annotations.at(key), problems))
                .orElse(List.of());
    }

    private static List<String> parse(String value, String path, ProblemLog problems) {
        JsonResult<List<String>> result = JsonReader.read(value, OPTIONS, PoolRangesAnnotation::texts);
        result.problems().forEach(problem -> problems.add(problem.withWhere(path)));
        List<String> texts = result.value();
        return texts == null || !result.problems().isEmpty() ? List.of() : texts;
    }

    private static List<String> texts(JsonReader in) {
        List<String> texts = new ArrayList<>();
        if (in.isNull()) {
            in.problem(ProblemType.INVALID, "null", LIST.rule(), EXAMPLE);
        } else if (in.beginArray(LIST)) {
            while (in.nextElement()) {
                texts.add(text(in));
            }
        }
        return texts;
    }

    private static String text(JsonReader in) {
        if (in.isNull()) {
            in.problem(ProblemType.INVALID, "null", RANGE.rule(), "remove this element");
        }
        String text = in.string(RANGE);
        return text == null ? "" : text;
    }

    /** The annotations of a pool. */
    static Map<String, String> of(Pool pool) {
        Map<String, String> texts = new TreeMap<>();
        STATIC.put(pool.staticIpTexts(), texts);
        DRAINING.put(pool.drainingIpTexts(), texts);
        return texts;
    }

    private void put(List<String> ranges, Map<String, String> texts) {
        if (!ranges.isEmpty()) {
            texts.put(key, JsonText.of(ranges));
        }
    }

    /** A problem of a pool, with the path that it has in the document. */
    static Problem inDocument(Problem problem) {
        return DRAINING.translated(STATIC.translated(problem));
    }

    private Problem translated(Problem problem) {
        return problem.where().startsWith(pathInPool)
                ? new Problem(
                        problem.type(),
                        JsonPath.member("metadata.annotations", key)
                                + problem.where().substring(pathInPool.length()),
                        problem.position(),
                        problem.offending(),
                        problem.rule(),
                        problem.hint())
                : problem;
    }
}
