package io.ipam.examples;

import io.ipam.pool.Application;
import io.ipam.pool.LabelSelector;
import io.ipam.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object that makes pods: a Deployment, a Job, a virtual machine.
 *
 * @param kind its kind
 * @param manifest the object
 */
record PodMaker(Kind kind, Manifest manifest) {
    /** The maximum number of pods that one object may make. */
    private static final int MOST_REPLICAS = 100_000;

    /** The object as a maker of pods; empty if it makes no pods. */
    static Optional<PodMaker> of(Manifest manifest) {
        return manifest.known().filter(Kind::makesPods).map(kind -> new PodMaker(kind, manifest));
    }

    /** The template of its pods, with metadata and spec. */
    Fields template() {
        return switch (kind) {
            case CRON_JOB -> jobSpec().object("template");
            case VIRTUAL_MACHINE_INSTANCE -> manifest.fields();
            default -> manifest.spec().object("template");
        };
    }

    private Fields jobSpec() {
        return kind == Kind.CRON_JOB ? manifest.spec().object("jobTemplate").object("spec") : manifest.spec();
    }

    /**
     * The number of pods at one time.
     *
     * @param nodes the number of matching nodes, for one pod on each
     */
    int replicas(int nodes) {
        return switch (kind) {
            case JOB, CRON_JOB -> {
                int parallelism = jobSpec().count("parallelism", 1, MOST_REPLICAS);
                yield Math.min(parallelism, jobSpec().count("completions", parallelism, MOST_REPLICAS));
            }
            case DAEMON_SET -> nodes > 0 ? nodes : manifest.status().count("desiredNumberScheduled", 1, MOST_REPLICAS);
            case VIRTUAL_MACHINE, VIRTUAL_MACHINE_INSTANCE -> 1;
            default -> manifest.spec().count("replicas", 1, MOST_REPLICAS);
        };
    }

    /** The reason why it makes no pods at present, if there is one. */
    Optional<String> rest() {
        return switch (kind) {
            case JOB -> isFinishedJob() ? Optional.of("finished") : suspended();
            case CRON_JOB -> suspended();
            case VIRTUAL_MACHINE -> isHalted() ? Optional.of("not running") : Optional.empty();
            case VIRTUAL_MACHINE_INSTANCE -> PodPhase.finished(manifest);
            default -> Optional.empty();
        };
    }

    private Optional<String> suspended() {
        return manifest.spec().flag("suspend", false) ? Optional.of("suspended") : Optional.empty();
    }

    private boolean isFinishedJob() {
        for (Fields condition : manifest.status().objects("conditions")) {
            String type = condition.optionalText("type").orElse("");
            boolean ends = type.equals("Complete") || type.equals("Failed");
            if (ends && condition.optionalText("status").orElse("").equals("True")) {
                return true;
            }
        }
        return false;
    }

    private boolean isHalted() {
        String strategy = manifest.spec().optionalText("runStrategy").orElse("");
        return strategy.equals("Halted") || !manifest.spec().flag("running", true);
    }

    /** The first number in the names of its pods. */
    int firstOrdinal() {
        return kind == Kind.STATEFUL_SET ? manifest.spec().object("ordinals").count("start", 0, MOST_REPLICAS) : 0;
    }

    /** The name of the pod with this number; for a virtual machine, the name of the machine. */
    String podName(int ordinal) {
        boolean isMachine = kind == Kind.VIRTUAL_MACHINE || kind == Kind.VIRTUAL_MACHINE_INSTANCE;
        return isMachine ? manifest.name() : manifest.name() + "-" + ordinal;
    }

    /** Whether its selector is set and matches these labels. */
    boolean selects(Map<String, String> labels) {
        Fields selector = manifest.spec().object("selector");
        LabelSelector.Builder builder = LabelSelector.builder().matchLabels(selector.texts("matchLabels"));
        for (Fields expression : selector.objects("matchExpressions")) {
            builder.matchExpression(expression.text("key"), expression.text("operator"), expression.textList("values"));
        }
        List<Problem> problems = builder.problems();
        if (!problems.isEmpty()) {
            throw BrokenManifestException.of(selector, "", problems);
        }
        LabelSelector built = builder.build();
        return !built.isEmpty() && built.matches(labels);
    }

    /** The application that owns its pools. */
    Application application(int replicas) {
        String usual = kind.identityGroup("").isEmpty() ? "v1" : kind.identityGroup("") + "/v1";
        return new Application(
                manifest.apiVersion().isEmpty() ? usual : manifest.apiVersion(),
                manifest.kind(),
                manifest.namespace(),
                manifest.name(),
                manifest.uid(),
                replicas);
    }
}
