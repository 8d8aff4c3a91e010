package io.ipam.examples;

import io.ipam.address.Family;
import io.ipam.documents.DocumentReader;
import io.ipam.documents.Documents;
import io.ipam.documents.InvalidDocumentException;
import io.ipam.pool.InvalidCatalogException;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.InvalidSubnetException;
import io.ipam.subnet.SubnetCatalog;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a cluster from its manifests. */
final class ClusterReader {
    /** Spiderpool's settings. */
    private static final String SPIDERPOOL_CONF = "spiderpool-conf";
    /** The settings of multus, which joins pods to networks. */
    private static final String MULTUS_CONF = "multus-cni-config";
    /** The default namespace of both settings. */
    private static final String SYSTEM_NAMESPACE = "kube-system";

    private final Manifests manifests;
    private final Mistakes mistakes;

    private ClusterReader(Manifests manifests, Mistakes mistakes) {
        this.manifests = manifests;
        this.mistakes = mistakes;
    }

    /** The cluster of these manifests. */
    static Cluster read(List<Manifest> manifests) {
        return read(manifests, new Mistakes());
    }

    /**
     * The cluster of these manifests. Its mistakes are reported together with those that were found
     * before.
     */
    static Cluster read(List<Manifest> manifests, Mistakes mistakes) {
        return new ClusterReader(Manifests.of(manifests, mistakes), mistakes).cluster();
    }

    /** Every part is read even if others have mistakes, and then all mistakes are reported. */
    private Cluster cluster() {
        Set<Family> families = mistakes.attempt(this::families).orElse(EnumSet.allOf(Family.class));
        Documents documents = documents(families);
        Map<String, Map<String, String>> nodes = new LinkedHashMap<>();
        manifests.of(Kind.NODE).forEach(node -> mistakes.run(() -> nodes.put(node.name(), node.labels())));
        PodManifests pods = new PodManifests(manifests, nodes, mistakes);
        Networks joined =
                mistakes.attempt(this::joinedNetworks).orElse(new Networks(SYSTEM_NAMESPACE, Optional.empty()));
        PoolCatalog catalog = catalog(documents);
        SubnetCatalog carved = subnets(documents);
        RequestReader reader = new RequestReader(manifests.byName(Kind.NAMESPACE), nodes, joined, mistakes);
        List<PodRequest> requests = requests(pods.pods(), reader);
        mistakes.tell();
        HeldRecords records = new HeldRecords(documents, pods);
        List<String> idle = new ArrayList<>(pods.idle());
        requests.stream().filter(PodRequest::isIdle).forEach(request -> idle.add(request.idleText()));
        return new Cluster(
                families,
                joined,
                catalog,
                carved,
                records.held(),
                records.problems(),
                requests.stream().filter(request -> !request.isIdle()).toList(),
                manifests.unused(),
                idle,
                records.released());
    }

    private List<PodRequest> requests(List<Pod> pods, RequestReader reader) {
        return pods.stream()
                .flatMap(pod -> mistakes.attempt(() -> reader.read(pod)).stream())
                .toList();
    }

    private Documents documents(Set<Family> families) {
        DocumentReader reader = DocumentReader.strict().withFamilies(families);
        List<io.ipam.documents.Document> documents = new ArrayList<>();
        for (Kind kind : List.of(Kind.POOL, Kind.RESERVED, Kind.SUBNET, Kind.ENDPOINT)) {
            manifests
                    .of(kind)
                    .forEach(manifest -> documents.addAll(read(reader, manifest).items()));
        }
        return new Documents(documents);
    }

    /** The documents of a manifest; none, and a mistake, if it cannot be read. */
    private Documents read(DocumentReader reader, Manifest manifest) {
        try {
            return reader.read(manifest.fields().asTree());
        } catch (InvalidDocumentException e) {
            mistakes.add(BrokenManifestException.of(manifest.fields(), "", e.problems()));
            return new Documents(List.of());
        }
    }

    private PoolCatalog catalog(Documents documents) {
        try {
            return documents.toCatalog();
        } catch (InvalidCatalogException e) {
            e.problems().forEach(problem -> mistakes.add(clash("pools", Kind.POOL, problem)));
            return PoolCatalog.EMPTY;
        }
    }

    private SubnetCatalog subnets(Documents documents) {
        try {
            return SubnetCatalog.of(documents.subnets());
        } catch (InvalidSubnetException e) {
            e.problems().forEach(problem -> mistakes.add(clash("subnets", Kind.SUBNET, problem)));
            return SubnetCatalog.EMPTY;
        }
    }

    /** Objects that clash: the mistake belongs to the object that the library names in the path. */
    private BrokenManifestException clash(String collection, Kind kind, Problem problem) {
        for (Manifest manifest : manifests.of(kind)) {
            String prefix = collection + "[" + shown(manifest.name()) + "].";
            if (problem.where().startsWith(prefix)) {
                Problem own = Problem.of(
                        problem.type(),
                        problem.where().substring(prefix.length()),
                        problem.offending(),
                        problem.rule(),
                        problem.hint());
                return BrokenManifestException.of(manifest.fields(), "", List.of(own));
            }
        }
        return new BrokenManifestException(problem.message());
    }

    /** A name as the library writes it into a path: a long one is shortened. */
    private static String shown(String name) {
        return Problem.of(ProblemType.INVALID, "", name, "").offending();
    }

    private Networks joinedNetworks() {
        Fields multus = settings(MULTUS_CONF, "cni-conf.json");
        Networks all = new Networks(
                multus.optionalText("multusNamespace").orElse(SYSTEM_NAMESPACE), multus.optionalText("clusterNetwork"));
        manifests.of(Kind.NETWORK).forEach(all::add);
        for (Manifest manifest : manifests.of(Kind.NETWORK_CONFIG)) {
            read(DocumentReader.strict(), manifest).multusConfigs().forEach(config -> all.add(manifest, config));
        }
        return all;
    }

    private Set<Family> families() {
        Fields settings = settings(SPIDERPOOL_CONF, "conf.yml");
        EnumSet<Family> families = EnumSet.allOf(Family.class);
        families.removeIf(family -> !settings.flag("enable" + family.label(), true));
        return families;
    }

    /** The settings in a ConfigMap, which are YAML or JSON; none if there is no such ConfigMap. */
    private Fields settings(String name, String key) {
        Optional<Manifest> manifest = configMap(name);
        if (manifest.isEmpty()) {
            return new Fields(name, "", Map.of());
        }
        Fields data = manifest.get().fields().object("data");
        return ManifestReader.settings(data.file(), data.at(key), data.text(key));
    }

    /** The ConfigMap of that name: the one in the system namespace, otherwise the only one. */
    private Optional<Manifest> configMap(String name) {
        List<Manifest> named = manifests.of(Kind.CONFIG_MAP).stream()
                .filter(manifest -> manifest.name().equals(name))
                .toList();
        for (Manifest manifest : named) {
            if (named.size() == 1 || manifest.namespace().equals(SYSTEM_NAMESPACE)) {
                return Optional.of(manifest);
            }
        }
        if (named.isEmpty()) {
            return Optional.empty();
        }
        throw named.get(1)
                .metadata()
                .mistake(
                        "namespace",
                        "\"" + named.get(1).namespace() + "\": must be " + SYSTEM_NAMESPACE + " for one of several; "
                                + named.get(0).place() + " has one in "
                                + named.get(0).namespace());
    }
}
