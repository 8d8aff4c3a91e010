package io.ipam.pool;

import com.fasterxml.jackson.databind.JsonNode;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** Fills the builders from the documents in the golden vectors. */
final class Documents {
    private Documents() {}

    static LabelSelector.Builder selector(JsonNode node) {
        LabelSelector.Builder builder = LabelSelector.builder();
        node.path("matchLabels")
                .properties()
                .forEach(pair ->
                        builder.matchLabel(pair.getKey(), pair.getValue().textValue()));
        for (JsonNode expression : node.path("matchExpressions")) {
            builder.matchExpression(
                    expression.path("key").asText(""),
                    expression.path("operator").asText(""),
                    texts(expression.path("values")));
        }
        return builder;
    }

    static PoolBuilder pool(JsonNode document) {
        JsonNode spec = document.get("spec");
        PoolBuilder builder = Pool.builder(
                document.get("metadata").get("name").textValue(),
                spec.path("subnet").asText(""));
        document.get("metadata")
                .path("labels")
                .properties()
                .forEach(label -> builder.labels(
                        java.util.Map.of(label.getKey(), label.getValue().textValue())));
        builder.rangesOnly().ips(texts(spec.path("ips"))).excludeIps(texts(spec.path("excludeIPs")));
        if (spec.has("ipVersion")) {
            builder.family(spec.get("ipVersion").intValue());
        }
        if (spec.has("gateway")) {
            builder.gateway(spec.get("gateway").textValue());
        }
        for (JsonNode route : spec.path("routes")) {
            builder.route(route.path("dst").asText(""), route.path("gw").asText(""));
        }
        if (spec.has("podAffinity")) {
            readPodAffinity(document, builder);
        }
        return builder;
    }

    private static void readPodAffinity(JsonNode document, PoolBuilder builder) {
        LabelSelector.Builder selector = selector(document.get("spec").get("podAffinity"));
        if (document.get("metadata").path("labels").has(Pool.OWNER_APPLICATION_NAME_LABEL)) {
            selector.anyValues();
        }
        List<Problem> problems = selector.problems();
        if (problems.isEmpty()) {
            builder.affinity(PoolAffinity.none().withPod(selector.build()));
        }
        problems.forEach(problem -> builder.problem(problem.withWhere("spec.podAffinity")));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }
}
