package io.ipam.examples;

import io.ipam.address.Family;
import io.ipam.documents.DocumentReader;
import io.ipam.documents.Documents;
import io.ipam.documents.InvalidDocumentException;
import io.ipam.documents.Takeover;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.subnet.InvalidSubnetException;
import io.ipam.subnet.SubnetCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Puts the manifests of a cluster together. */
final class ClusterReader {
    /** Spiderpool's settings. */
    private static final String SPIDERPOOL_CONF = "spiderpool-conf";
    /** The settings of multus, which joins pods to networks. */
    private static final String MULTUS_CONF = "multus-cni-config";

    private final Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
    private final Map<String, Manifest> namespaces = new LinkedHashMap<>();
    private final Map<String, Manifest> configMaps = new LinkedHashMap<>();
    private final List<Manifest> networks = new ArrayList<>();
    private final Map<String, Manifest> pools = new LinkedHashMap<>();
    private final List<Manifest> reserved = new ArrayList<>();
    private final List<Manifest> subnets = new ArrayList<>();
    private final List<Manifest> makersOfPods = new ArrayList<>();
    private final Map<String, Integer> unused = new TreeMap<>();
    private final Mistakes mistakes = new Mistakes();

    private ClusterReader() {}

    /** The cluster of these manifests. */
    static Cluster read(List<Manifest> manifests) {
        ClusterReader reader = new ClusterReader();
        manifests.forEach(manifest -> reader.mistakes.run(() -> reader.sort(manifest)));
        return reader.cluster();
    }

    private void sort(Manifest manifest) {
        switch (manifest.kind()) {
            case "Node" -> nodes.put(manifest.name(), manifest.labels());
            case "Namespace" -> namespaces.put(manifest.name(), manifest);
            case "ConfigMap" -> configMaps.put(manifest.name(), manifest);
            case "NetworkAttachmentDefinition" -> networks.add(manifest);
            case "SpiderIPPool" -> addPool(manifest);
            case "SpiderReservedIP" -> reserved.add(manifest);
            case "SpiderSubnet" -> subnets.add(manifest);
            case "Pod", "Deployment", "StatefulSet" -> makersOfPods.add(manifest);
            default -> unused.merge(manifest.kind(), 1, Integer::sum);
        }
    }

    private void addPool(Manifest manifest) {
        Manifest other = pools.put(manifest.name(), manifest);
        if (other != null) {
            throw manifest.metadata()
                    .mistake("name", "\"" + manifest.name() + "\" is a pool of " + other.file() + " already");
        }
    }

    /** Every part is read, whatever is wrong with the others, and then all mistakes are told. */
    private Cluster cluster() {
        Set<Family> families = mistakes.attempt(this::families).orElse(EnumSet.allOf(Family.class));
        Documents documents = documents(families);
        List<Pod> pods = pods();
        Set<String> stateful = pods.stream()
                .filter(Pod::stateful)
                .map(pod -> pod.owner().qualifiedName())
                .collect(Collectors.toSet());
        Takeover.Reading held = Takeover.read(documents.poolDocuments(), holder -> stateful.contains(holder.pod()));
        Networks joined = mistakes.attempt(this::joinedNetworks).orElse(new Networks("kube-system", Optional.empty()));
        PoolCatalog catalog = catalog(documents);
        SubnetCatalog carved = subnets(documents);
        List<PodRequest> requests = requests(pods, new RequestReader(namespaces, nodes, joined, mistakes));
        mistakes.tell();
        return new Cluster(
                families,
                joined,
                catalog,
                carved,
                held.snapshot(),
                held.problems(),
                requests,
                unused.entrySet().stream()
                        .map(e -> e.getKey() + " " + e.getValue())
                        .toList());
    }

    private List<Pod> pods() {
        PodManifests pods = new PodManifests(nodes);
        for (Manifest manifest : makersOfPods) {
            mistakes.run(() -> {
                if (manifest.kind().equals("Pod")) {
                    pods.addPod(manifest);
                } else {
                    pods.addReplicas(manifest);
                }
            });
        }
        return pods.pods();
    }

    private List<PodRequest> requests(List<Pod> pods, RequestReader reader) {
        return pods.stream()
                .flatMap(pod -> mistakes.attempt(() -> reader.read(pod)).stream())
                .toList();
    }

    private Documents documents(Set<Family> families) {
        DocumentReader reader = DocumentReader.strict().withFamilies(families);
        List<io.ipam.documents.Document> documents = new ArrayList<>();
        List<Manifest> manifests = new ArrayList<>(pools.values());
        manifests.addAll(reserved);
        manifests.addAll(subnets);
        for (Manifest manifest : manifests) {
            try {
                documents.addAll(reader.read(manifest.fields().asTree()).items());
            } catch (InvalidDocumentException e) {
                mistakes.add(BrokenManifestException.of(manifest, "", e.problems()));
            }
        }
        return new Documents(documents);
    }

    private PoolCatalog catalog(Documents documents) {
        try {
            return documents.toCatalog();
        } catch (InvalidCatalogException e) {
            e.problems().forEach(problem -> mistakes.add(clash(problem)));
            return PoolCatalog.EMPTY;
        }
    }

    private SubnetCatalog subnets(Documents documents) {
        try {
            return SubnetCatalog.of(documents.subnets());
        } catch (InvalidSubnetException e) {
            e.problems()
                    .forEach(problem ->
                            mistakes.add(new BrokenManifestException("subnets", problem.where(), problem.message())));
            return SubnetCatalog.of(List.of());
        }
    }

    /** Pools that do not fit together: the mistake is told at the pool that the library names. */
    private BrokenManifestException clash(Problem problem) {
        for (Manifest manifest : pools.values()) {
            String prefix = "pools[" + manifest.name() + "].";
            if (problem.where().startsWith(prefix)) {
                Problem own = Problem.of(
                        problem.type(),
                        problem.where().substring(prefix.length()),
                        problem.offending(),
                        problem.rule(),
                        problem.hint());
                return BrokenManifestException.of(manifest, "", List.of(own));
            }
        }
        return new BrokenManifestException("pools", problem.where(), problem.rule());
    }

    private Networks joinedNetworks() {
        Fields multus = settings(MULTUS_CONF, "cni-conf.json");
        Networks all = new Networks(
                multus.optionalText("multusNamespace").orElse("kube-system"), multus.optionalText("clusterNetwork"));
        networks.forEach(all::add);
        return all;
    }

    private Set<Family> families() {
        Fields settings = settings(SPIDERPOOL_CONF, "conf.yml");
        EnumSet<Family> families = EnumSet.allOf(Family.class);
        families.removeIf(family -> !settings.flag("enable" + family.label(), true));
        return families;
    }

    /** The settings in a ConfigMap, themselves YAML or JSON; none when there is no such ConfigMap. */
    private Fields settings(String name, String key) {
        Optional<Manifest> manifest = Optional.ofNullable(configMaps.get(name));
        if (manifest.isEmpty()) {
            return new Fields(name, "", Map.of());
        }
        Fields data = manifest.get().fields().object("data");
        return ManifestReader.settings(data.file(), data.at(key), data.text(key));
    }
}
