package io.ipam.documents;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.resolution.PoolNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads SpiderEndpoint and SpiderMultusConfig documents. The grammar is that of {@link
 * DocumentReader}. Thread safety: none; used for one document.
 */
final class NamespacedReader {
    /** Known fields of a SpiderMultusConfig that are ignored. */
    private static final Set<String> NOT_NEEDED = Set.of("enableCoordinator", "coordinator", "chainCNIJsonData");

    private final boolean strict;
    private final ProblemLog problems;

    NamespacedReader(boolean strict, ProblemLog problems) {
        this.strict = strict;
        this.problems = problems;
    }

    private String namespace(DocumentFields document, String name, Optional<DocumentFields> metadata) {
        if (name.isEmpty()) {
            problems.add(Problem.of(ProblemType.REQUIRED, document.at("metadata") + ".name", "", "is required"));
        }
        if (metadata.isEmpty()) {
            problems.add(Problem.of(ProblemType.REQUIRED, document.at("metadata") + ".namespace", "", "is required"));
            return "";
        }
        return metadata.get().requiredText("namespace").orElse("");
    }

    EndpointDocument endpoint(DocumentFields document, String name, Optional<DocumentFields> metadata) {
        String namespace = namespace(document, name, metadata);
        Optional<DocumentFields> status = document.object("status");
        Optional<DocumentFields> current = status.flatMap(fields -> fields.object("current"));
        List<EndpointDocument.Entry> entries = new ArrayList<>();
        current.ifPresent(fields -> fields.forEachObject("ips", detail -> addEntries(detail, entries)));
        return new EndpointDocument(
                namespace,
                name,
                text(current, "uid"),
                text(current, "node"),
                text(status, "ownerControllerType"),
                text(status, "ownerControllerName"),
                entries);
    }

    private static String text(Optional<DocumentFields> fields, String key) {
        return fields.flatMap(present -> present.text(key)).orElse("");
    }

    private static void addEntries(DocumentFields detail, List<EndpointDocument.Entry> entries) {
        String interfaceName = detail.text("interface").orElse("");
        for (Family family : Family.values()) {
            String key = "ipv" + family.number();
            Optional<String> address = detail.text(key).filter(text -> !text.isEmpty());
            String pool = detail.text(key + "Pool").orElse("");
            address.ifPresent(text -> entries.add(new EndpointDocument.Entry(interfaceName, family, text, pool)));
        }
    }

    MultusConfigDocument multusConfig(DocumentFields document, String name, Optional<DocumentFields> metadata) {
        String namespace = namespace(document, name, metadata);
        String networkName = metadata.flatMap(fields -> fields.object("annotations"))
                .flatMap(annotations -> annotations.text(MultusConfigDocument.NETWORK_NAME))
                .filter(text -> !text.isEmpty())
                .orElse(name);
        DocumentFields spec = document.object("spec").orElse(null);
        if (spec == null) {
            problems.add(Problem.of(ProblemType.REQUIRED, document.at("spec"), "", "is required"));
            return new MultusConfigDocument(namespace, name, networkName, "", PoolNames.none(), false, false, "");
        }
        String type = type(spec);
        boolean custom = type.equals(MultusConfigDocument.CUSTOM);
        Optional<DocumentFields> pools = MultusConfigDocument.PLUGINS.contains(type)
                ? spec.object(MultusConfigDocument.section(type)).flatMap(section -> section.object("ippools"))
                : Optional.empty();
        MultusConfigDocument config = new MultusConfigDocument(
                namespace,
                name,
                networkName,
                type,
                pools.map(NamespacedReader::names).orElse(PoolNames.none()),
                pools.flatMap(fields -> fields.flag("matchMasterSubnet")).orElse(false),
                spec.flag("disableIPAM").orElse(false),
                custom ? spec.requiredText("customCNI").orElse("") : "");
        if (strict) {
            pools.ifPresent(DocumentFields::refuseUnknown);
            MultusConfigDocument.PLUGINS.forEach(known -> spec.ignoring(Set.of(MultusConfigDocument.section(known))));
            spec.ignoring(NOT_NEEDED).ignoring(Set.of("customCNI")).refuseUnknown();
        }
        return config;
    }

    private String type(DocumentFields spec) {
        String type = spec.requiredText("cniType").orElse("");
        boolean known = MultusConfigDocument.PLUGINS.contains(type) || type.equals(MultusConfigDocument.CUSTOM);
        if (strict && !type.isEmpty() && !known) {
            problems.add(Problem.of(
                    ProblemType.NOT_SUPPORTED,
                    spec.at("cniType"),
                    type,
                    "must be " + String.join(", ", MultusConfigDocument.PLUGINS) + ", or "
                            + MultusConfigDocument.CUSTOM));
        }
        return type;
    }

    private static PoolNames names(DocumentFields pools) {
        Map<Family, List<String>> names = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            names.put(family, pools.texts("ipv" + family.number()));
        }
        return new PoolNames(names);
    }
}
