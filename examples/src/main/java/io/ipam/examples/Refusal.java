package io.ipam.examples;

import io.ipam.AllocationResult;
import io.ipam.resolution.DemandResolution;
import io.ipam.resolution.Note;
import io.ipam.resolution.Remedy;
import io.ipam.resolution.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A refusal as text.
 *
 * @param pod the pod and its node
 * @param source the source of its pool names
 * @param reason the kind of reason
 * @param reasons every rejected pool with its reason, and every other problem
 * @param remedy the nearest remedy
 * @param notes the notes on the request
 */
record Refusal(
        String pod, String source, String reason, List<String> reasons, Optional<String> remedy, List<String> notes) {

    static Refusal of(AllocationResult.Refused refused) {
        Resolution resolution = refused.resolution();
        return new Refusal(
                Report.pod(resolution),
                Report.sources(resolution),
                refused.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                reasons(refused),
                resolution.remedies().stream().findFirst().map(Remedy::text),
                resolution.notes().stream().map(Note::text).toList());
    }

    /** The refusal without its pod. */
    Refusal withoutPod() {
        return new Refusal("", source, reason, reasons, remedy, notes);
    }

    private static List<String> reasons(AllocationResult.Refused refused) {
        Resolution resolution = refused.resolution();
        List<String> lines = new ArrayList<>();
        resolution.problems().forEach(problem -> lines.add(problem.message()));
        for (DemandResolution demand : resolution.demands()) {
            demand.rejections()
                    .forEach(rejection ->
                            lines.add(demand.label() + ": " + rejection.pool() + " " + rejection.reason()));
            if (demand instanceof DemandResolution.Unserved unserved) {
                unserved.problems().forEach(problem -> lines.add(problem.message()));
                unserved.notes().forEach(note -> lines.add("note: " + note.text()));
            }
        }
        if (resolution.servable()) {
            lines.add(refused.message());
        }
        return lines;
    }
}
