package dev.nemotron.format;

import dev.nemotron.ModelFormatException;
import dev.nemotron.UnsupportedModelException;
import dev.nemotron.checkpoint.Checkpoint;
import dev.nemotron.checkpoint.ModuleTensors;
import dev.nemotron.checkpoint.Tensor;
import dev.nemotron.format.nvfp4.Nvfp4Format;
import dev.nemotron.format.nvfp4.Nvfp4PanelFormat;
import dev.nemotron.spi.StoredMatrix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A module of a folder as published whose weights are NVFP4.
 *
 * @param tensors the module
 * @param rows as many as its codes have
 * @param columns twice the bytes of a row of codes
 */
record Nvfp4Module(ModuleTensors tensors, int rows, int columns) {

    /** All such modules, in the order of the checkpoint. No weight is read. */
    static List<Nvfp4Module> all(Checkpoint checkpoint) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : checkpoint.names()) {
            names.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        }
        List<Nvfp4Module> modules = new ArrayList<>();
        for (String name : names) {
            ModuleTensors tensors = checkpoint.module(name);
            Tensor codes = Nvfp4Format.codes(tensors);
            if (codes != null && codes.shape().size() == 2 && isSmall(codes.shape())) {
                int rows = Math.toIntExact(codes.shape().getFirst());
                int columns = Math.toIntExact(2 * codes.shape().getLast());
                modules.add(new Nvfp4Module(tensors, rows, columns));
            }
        }
        return modules;
    }

    /** Leaves out what no architecture can have, which loading then tells in its own words. */
    private static boolean isSmall(List<Long> shape) {
        return shape.getFirst() <= Integer.MAX_VALUE && shape.getLast() <= Integer.MAX_VALUE / 2;
    }

    /**
     * Reads and checks the scales.
     *
     * @return the weights
     * @throws ModelFormatException if they are damaged
     * @throws UnsupportedModelException if there are tensors beside them that change their meaning
     */
    StoredMatrix matrix() {
        return Objects.requireNonNull(new Nvfp4Format().recognise(tensors, rows, columns), "codes were found before");
    }

    /** The name of the tensor that holds the panels of this matrix. */
    String panels() {
        return tensors.module() + "." + Nvfp4PanelFormat.PANELS;
    }

    /** The name of the tensor that holds the factor of this matrix when it is laid out as panels. */
    String factor() {
        return tensors.module() + "." + Nvfp4PanelFormat.FACTOR;
    }

    /** The name of the tensor that holds rows and columns when it is laid out as panels. */
    String dimensions() {
        return tensors.module() + "." + Nvfp4PanelFormat.SHAPE;
    }

    /** The full names of the published tensors that panels stand for. */
    List<String> parts() {
        return tensors.tensors().keySet().stream()
                .filter(Nvfp4Format::isPart)
                .map(suffix -> tensors.module() + "." + suffix)
                .toList();
    }
}
