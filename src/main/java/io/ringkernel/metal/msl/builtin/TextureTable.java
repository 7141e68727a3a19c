package io.ringkernel.metal.msl.builtin;

/**
 * The texture unit's functions, in which {@code textures.metal} words the member functions of textures; the lines are
 * those of {@link LibraryTable}.
 */
final class TextureTable {
    static final String LINES = """
            100 - 1-1 void=__texture_begin(ulong,int) java=begin
            100 - 1-1 void=__texture_sampler(ulong) java=sampler
            100 - 1-1 void=__texture_coordinate(float) java=coordinate
            100 - 1-1 void=__texture_coordinate(float,float) java=coordinate
            100 - 1-1 void=__texture_coordinate(float,float,float) java=coordinate
            100 - 1-1 void=__texture_position(int) java=position
            100 - 1-1 void=__texture_position(int,int) java=position
            100 - 1-1 void=__texture_position(int,int,int) java=position
            100 - 1-1 void=__texture_face(int) java=face
            100 - 1-1 void=__texture_layer(int) java=layer
            100 - 1-1 void=__texture_lod(int) java=level
            100 - 1-1 void=__texture_level(float) java=lodLevel
            100 - 1-1 void=__texture_bias(float) java=lodBias
            100 - 1-1 void=__texture_least_lod(float) java=leastLod
            100 - 1-1 void=__texture_gradient(float,float,float,float) java=gradient
            100 - 1-1 void=__texture_gradient_x(float,float,float) java=gradientX
            100 - 1-1 void=__texture_gradient_y(float,float,float) java=gradientY
            100 - 1-1 void=__texture_offset(int,int) java=offset
            100 - 1-1 void=__texture_offset(int,int,int) java=offset
            100 - 1-1 void=__texture_reference(float) java=reference
            100 - 1-1 void=__texture_component(int) java=component
            100 - 1-1 void=__texture_color(float,float,float,float) java=color
            100 - 1-1 void=__texture_int_color(int,int,int,int) java=color
            100 - 1-1 float=__texture_sample() java=sample
            100 - 1-1 int=__texture_sample_int() java=sampleInt
            100 - 1-1 float=__texture_sample_compare() java=sampleCompare
            100 - 1-1 float=__texture_gather() java=gather
            100 - 1-1 int=__texture_gather_int() java=gatherInt
            100 - 1-1 float=__texture_gather_compare() java=gatherCompare
            100 - 1-1 float=__texture_read() java=read
            100 - 1-1 int=__texture_read_int() java=readInt
            100 - 1-1 void=__texture_write() java=write
            100 - 1-1 void=__texture_write_int() java=writeInt
            100 - 1-1 float=__texture_channel(int) java=channel
            100 - 1-1 int=__texture_int_channel(int) java=intChannel
            100 - 1-1 int=__texture_width() java=width
            100 - 1-1 int=__texture_height() java=height
            100 - 1-1 int=__texture_depth() java=depth
            100 - 1-1 int=__texture_array_size() java=arraySize
            100 - 1-1 int=__texture_levels() java=levels
            100 - 1-1 int=__texture_samples() java=samples
            100 - 1-1 void=__texture_fence() java=fence
            100 - 1-1 int=__texture_atomic(int,int) java=atomic
            100 - 1-1 int=__texture_atomic_compare(int,int) java=atomicCompare
            100 - 1-1 int=__texture_exchanged() java=exchanged
            100 - 1-1 void=__texture_atomic_long(int,ulong) java=atomicLong
            """;

    private TextureTable() {}
}
